import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XmlDocument, XmlValidateError, XsdValidator } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';

xmlRegisterFsInputProviders();

/** The part of UBL 2.1 that the documents use, or all of it: the folder `maindoc` of what OASIS publishes. */
const FOLDER = process.env.UBL_XSD ?? join(import.meta.dirname, 'profile');

const validators = new Map<string, XsdValidator>();

function validatorOf(root: string): XsdValidator {
  let validator = validators.get(root);
  if (!validator) {
    const file = join(FOLDER, `UBL-${root}-2.1.xsd`);
    using schema = XmlDocument.fromBuffer(readFileSync(file), { url: file }); // its own place, for what it imports
    validator = XsdValidator.fromDoc(schema);
    validators.set(root, validator);
  }
  return validator;
}

/** What keeps a document from being valid; nothing when it is. */
export function schemaProblems(xml: string): readonly string[] {
  using document = XmlDocument.fromString(xml);
  try {
    validatorOf(document.root.name).validate(document);
    return [];
  } catch (error) {
    if (error instanceof XmlValidateError) return error.details.map(({ message }) => message.trim());
    throw error;
  }
}
