/**
 * Every component in its states on one page, for the browser tests and for the eye (`node tests/gallery.ts`). No route imports
 * it, so it isn't in the program. `?lang=lb` chooses the language.
 */
import { mount } from 'svelte';
import { defaultLanguage, isLanguage } from '#lib/domain/language.ts';
import { loadCatalogue } from '#lib/i18n/load-catalogue.ts';
import '#lib/styles/fonts.css';
import '#lib/styles/tokens.css';
import '#lib/styles/base.css';
import Gallery from './Gallery.svelte';

const asked = new URLSearchParams(location.search).get('lang');
const language = isLanguage(asked) ? asked : defaultLanguage;
const target = document.getElementById('gallery');
if (target === null) throw new Error('The page has no place for the gallery');

mount(Gallery, { target, props: { start: { language, catalogue: await loadCatalogue(language), known: true } } });
