/** `Singapore` for `SG`, in the language of the document; a code that nobody has named yet as it is. */
export const countryName = (code: string, language: string): string =>
  new Intl.DisplayNames([language], { type: 'region', fallback: 'code' }).of(code) ?? code;
