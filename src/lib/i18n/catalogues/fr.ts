import { catalogueOf, type Texts } from '../catalogue.ts';

export const catalogue = catalogueOf(import.meta.glob<Texts>('./fr/*.json', { eager: true, import: 'default' }));
