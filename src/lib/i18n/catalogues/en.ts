import { catalogueOf, type Texts } from '../catalogue.ts';

export const catalogue = catalogueOf(import.meta.glob<Texts>('./en/*.json', { eager: true, import: 'default' }));
