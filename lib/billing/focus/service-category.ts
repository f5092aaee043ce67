/** Words in product types that tell a category of the format; the first that fits is it. */
const CATEGORIES: readonly (readonly [category: string, words: RegExp])[] = [
  ['AI and Machine Learning', /\b(ai|ml|modelarts|machine learning|face|ocr|nlp)\b/],
  ['Databases', /\b(rds|dds|nosql|redis|dcs|gaussdb|database|mongodb|cassandra)\b/],
  ['Analytics', /\b(mrs|dws|analytics|elasticsearch|css|data lake|dli)\b/],
  ['Storage', /\b(evs|obs|sfs|volume|ebs|storage|backup|cbr|disk)\b/],
  ['Networking', /\b(vpc|eip|elb|nat|cdn|vpn|dns|bandwidth|network|direct connect)\b/],
  ['Security', /\b(waf|hss|kms|ddos|aad|security|firewall)\b/],
  ['Identity', /\b(iam|identity)\b/],
  ['Management and Governance', /\b(ces|lts|aom|apm|cloud eye|monitoring|support)\b/],
  ['Integration', /\b(smn|dms|kafka|rabbitmq|apig|api gateway|message)\b/],
  ['Compute', /\b(ecs|bms|ims|vm|cce|cci|server|compute|container|functiongraph|lambda|gpu)\b/],
];

/** A product type has one category, `Other` where none is known; the format wants it so. */
export function serviceCategoryOf(productType: string, productTypeCode: string): string {
  const words = `${productTypeCode} ${productType}`.toLowerCase().replaceAll(/[._-]+/g, ' ');
  return CATEGORIES.find(([, known]) => known.test(words))?.[0] ?? 'Other';
}

/** The catalogue says no more than the category. */
export const subcategoryOf = (category: string): string => `Other (${category})`;
