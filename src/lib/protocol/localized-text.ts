import * as z from 'zod';

import { language } from '#lib/domain/language.ts';

/** A configured text as it travels; see `LocalizedText` of the domain. */
export const localizedText = z.partialRecord(language, z.string());
