import type { AccountId, EditionId, ProgrammeId } from '#lib/domain/ids.ts';
import type { Language } from '#lib/domain/language.ts';
import type { LocalizedText } from '#lib/domain/localized-text.ts';
import type { Sql } from '#server/db/client.ts';

export type NewProgramme = { readonly slug: string; readonly name: LocalizedText };

export type NewEdition = {
	readonly programmeId: ProgrammeId;
	readonly regionId: string | null;
	readonly slug: string;
	readonly title: LocalizedText;
	readonly description: LocalizedText;
	readonly defaultLanguage: Language;
};

export type NewRegion = {
	readonly key: string;
	readonly name: LocalizedText;
	readonly population: number;
	/** A calendar day, `2023-01-01`. */
	readonly populationAsOf: string;
	readonly source: string;
};

export type NewCommune = {
	readonly key: string;
	readonly name: LocalizedText;
	readonly canton: string;
	readonly population: number;
	readonly tile: { readonly column: number; readonly row: number };
	readonly centre: { readonly latitude: number; readonly longitude: number };
	readonly aliases: readonly string[];
};

/** Inserts a programme, or finds the one of this slug as it stands. */
export async function ensureProgramme(sql: Sql, programme: NewProgramme): Promise<ProgrammeId> {
	const [row] = await sql<[{ id: ProgrammeId }]>`
		insert into programme (slug, name) values (${programme.slug}, ${sql.json(programme.name)})
		on conflict (slug) do update set slug = excluded.slug
		returning id
	`;
	return row.id;
}

/** Inserts an edition, or finds the one of this slug as it stands. */
export async function ensureEdition(sql: Sql, edition: NewEdition): Promise<EditionId> {
	const [row] = await sql<[{ id: EditionId }]>`
		insert into edition (programme_id, region_id, slug, title, description, default_language)
		values (
			${edition.programmeId}, ${edition.regionId}, ${edition.slug},
			${sql.json(edition.title)}, ${sql.json(edition.description)}, ${edition.defaultLanguage}
		)
		on conflict (slug) do update set slug = excluded.slug
		returning id
	`;
	return row.id;
}

/** Inserts a region or brings its figures up to date. */
export async function upsertRegion(sql: Sql, region: NewRegion): Promise<string> {
	const [row] = await sql<[{ id: string }]>`
		insert into region (key, name, population, population_as_of, source)
		values (${region.key}, ${sql.json(region.name)}, ${region.population}, ${region.populationAsOf}, ${region.source})
		on conflict (key) do update set
			name = excluded.name, population = excluded.population,
			population_as_of = excluded.population_as_of, source = excluded.source
		returning id
	`;
	return row.id;
}

export async function upsertCommune(sql: Sql, regionId: string, commune: NewCommune): Promise<void> {
	await sql`
		insert into commune (region_id, key, name, canton, population, tile_column, tile_row, latitude, longitude, aliases)
		values (
			${regionId}, ${commune.key}, ${sql.json(commune.name)}, ${commune.canton}, ${commune.population},
			${commune.tile.column}, ${commune.tile.row}, ${commune.centre.latitude}, ${commune.centre.longitude},
			${[...commune.aliases]}::text[]
		)
		on conflict (region_id, key) do update set
			name = excluded.name, canton = excluded.canton, population = excluded.population,
			tile_column = excluded.tile_column, tile_row = excluded.tile_row,
			latitude = excluded.latitude, longitude = excluded.longitude, aliases = excluded.aliases
	`;
}

/** The edition that was made first, if there is one. */
export async function findFirstEdition(sql: Sql): Promise<EditionId | undefined> {
	const [row] = await sql<{ id: EditionId }[]>`select id from edition order by created_at, id limit 1`;
	return row?.id;
}

export type EditionRow = {
	readonly id: EditionId;
	readonly slug: string;
	readonly title: LocalizedText;
	readonly description: LocalizedText;
	readonly defaultLanguage: Language;
	readonly programmeId: ProgrammeId;
	readonly programmeName: LocalizedText;
	readonly regionId: string | null;
};

export async function selectEditionsOf(sql: Sql, accountId: AccountId): Promise<EditionRow[]> {
	return sql<EditionRow[]>`
		select e.id, e.slug, e.title, e.description, e.default_language as "defaultLanguage",
			p.id as "programmeId", p.name as "programmeName", e.region_id as "regionId"
		from edition e
		join programme p on p.id = e.programme_id
		join programme_member m on m.programme_id = p.id and m.account_id = ${accountId}
		order by e.created_at desc, e.id
	`;
}

export async function findEditionBySlug(sql: Sql, slug: string): Promise<EditionRow | undefined> {
	const [row] = await sql<EditionRow[]>`
		select e.id, e.slug, e.title, e.description, e.default_language as "defaultLanguage",
			p.id as "programmeId", p.name as "programmeName", e.region_id as "regionId"
		from edition e join programme p on p.id = e.programme_id
		where e.slug = ${slug}
	`;
	return row;
}

export type RegionRow = {
	readonly name: LocalizedText;
	readonly population: number;
	readonly populationAsOf: string;
	readonly source: string;
};

export type CommuneRow = {
	readonly key: string;
	readonly name: LocalizedText;
	readonly canton: string;
	readonly population: number;
	readonly tileColumn: number;
	readonly tileRow: number;
	readonly aliases: string[];
};

export async function findRegion(sql: Sql, regionId: string): Promise<RegionRow | undefined> {
	const [row] = await sql<RegionRow[]>`
		select name, population, population_as_of as "populationAsOf", source from region where id = ${regionId}
	`;
	return row;
}

export async function selectCommunes(sql: Sql, regionId: string): Promise<CommuneRow[]> {
	return sql<CommuneRow[]>`
		select key, name, canton, population, tile_column as "tileColumn", tile_row as "tileRow", aliases
		from commune where region_id = ${regionId} order by tile_row, tile_column
	`;
}
