import { catalogueOf, type Texts } from '../catalogue.ts';

export const catalogue = catalogueOf(import.meta.glob<Texts>('./de/*.json', { eager: true, import: 'default' }));
