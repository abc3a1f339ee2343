import { catalogueOf, type Texts } from '../catalogue.ts';

export const catalogue = catalogueOf(import.meta.glob<Texts>('./lb/*.json', { eager: true, import: 'default' }));
