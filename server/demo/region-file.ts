import { readFile } from 'node:fs/promises';

import * as z from 'zod';

import { language } from '#lib/domain/language.ts';

const localizedName = z.record(language, z.string().min(1));

const regionFile = z.object({
	region: z.object({ key: z.string(), name: localizedName }),
	population: z.object({ total: z.int().positive(), asOf: z.iso.date() }),
	communes: z.array(
		z.object({
			key: z.string(),
			name: localizedName,
			canton: z.string(),
			population: z.int().positive(),
			tile: z.object({ column: z.int().nonnegative(), row: z.int().nonnegative() }),
			centre: z.object({ lat: z.number(), lon: z.number() }),
			aliases: z.array(z.string()),
		}),
	),
});
export type RegionFile = z.infer<typeof regionFile>;

export async function readRegionFile(file: URL): Promise<RegionFile> {
	return regionFile.parse(JSON.parse(await readFile(file, 'utf8')));
}
