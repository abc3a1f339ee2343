import { parseArgs } from 'node:util';

import { coCreationTemplate } from '#lib/domain/templates/co-creation-template.ts';
import { workshopId as workshopIdSchema, type WorkshopId } from '#lib/domain/ids.ts';
import { isLanguage, languages, type Language } from '#lib/domain/language.ts';
import { translator } from '#lib/i18n/translator.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Clock } from '#server/clock.ts';
import type { Database, Sql } from '#server/db/client.ts';
import { editionToBeginWith } from '#server/programmes/programme-setup-service.ts';
import { StartRefusal } from '#server/start-refusal.ts';
import { addWorkshop, findWorkshopByCode, findWorkshopBySource } from '#server/workshops/workshop-setup-service.ts';

import { importReportLines } from './import-report-text.ts';
import { openPolisExport, type PolisExport } from './polis-export.ts';
import { importPolis } from './polis-import-service.ts';

export const importUsage = [
	'npm run import -- polis FOLDER [--workshop CODE] [--language de] [--attribution "…"]',
	'  FOLDER         comments.csv, votes.csv and participants.csv of a Polis export; each may be packed (.csv.gz)',
	'  --workshop     the join code (or id) of the workshop that takes the contributions; else one is made for this conversation',
	`  --language     the language the contributions are written in: ${languages.join(', ')}`,
	'  --attribution  where the data comes from and under which licence; shown with it (for a workshop that is made now)',
];

/** What whoever moderates sees beside a contribution that was held back before it came here. */
export const heldBackReason = 'held back by moderators';

/**
 * Runs `import` with the words that follow it on the command line, and prints the report.
 * @throws StartRefusal if it was called wrongly or the export can't be used
 */
export async function runImport(
	{ database, clock, say }: { database: Database; clock: Clock; say: (line: string) => void },
	words: readonly string[],
): Promise<void> {
	const options = readOptions(words);
	try {
		const source = await openPolisExport(options.folder);
		const report = await database.begin(async (sql) => {
			const workshopId = await (options.workshop === undefined
				? workshopOfConversation(sql, source, options, clock.now())
				: givenWorkshop(sql, options.workshop));
			const { language } = options;
			return importPolis(sql, { export: source, workshopId, language, hideReason: heldBackReason });
		});
		for (const line of importReportLines(report)) say(line);
	} catch (error) {
		if (!(error instanceof AppError)) throw error;
		throw new StartRefusal(translator('en')(`errors:${error.code}`, error.params), { cause: error });
	}
}

type Options = {
	readonly folder: string;
	readonly workshop: string | undefined;
	readonly language: Language | null;
	readonly attribution: string | null;
};

function readOptions(words: readonly string[]): Options {
	const { values, positionals } = parse(words);
	const [format, folder, ...surplus] = positionals;
	if (format !== 'polis' || folder === undefined || surplus.length > 0) throw new StartRefusal(importUsage);
	const { workshop, language, attribution } = values;
	if (language !== undefined && !isLanguage(language)) {
		throw new StartRefusal(`--language must be one of ${languages.join(', ')}, but it is "${language}".`);
	}
	return { folder, workshop, language: language ?? null, attribution: attribution ?? null };
}

function parse(words: readonly string[]) {
	const text = { type: 'string' } as const;
	const options = { workshop: text, language: text, attribution: text };
	try {
		return parseArgs({ args: [...words], options, allowPositionals: true });
	} catch (error) {
		throw new StartRefusal([error instanceof Error ? error.message : String(error), ...importUsage], { cause: error });
	}
}

async function givenWorkshop(sql: Sql, codeOrId: string): Promise<WorkshopId> {
	const id = workshopIdSchema.safeParse(codeOrId);
	if (id.success) return id.data;
	const found = await findWorkshopByCode(sql, codeOrId.replaceAll(/\s/g, ''));
	if (found === undefined) throw new AppError('workshop.unknown');
	return found;
}

/** The workshop that was made for this conversation, by an earlier import or by the demo, else a new one. */
async function workshopOfConversation(sql: Sql, source: PolisExport, options: Options, now: Date): Promise<WorkshopId> {
	const sourceKey = conversationKey(source);
	const found = await findWorkshopBySource(sql, sourceKey);
	if (found !== undefined) return found;
	const title = { [options.language ?? 'en']: source.topic ?? source.conversation };
	const { attribution } = options;
	const editionId = await editionToBeginWith(sql);
	return addWorkshop(sql, { editionId, title, steps: coCreationTemplate.steps, attribution, sourceKey }, now);
}

/** The source key of the workshop that belongs to a conversation. */
export function conversationKey({ conversation }: PolisExport): string {
	return `polis:${conversation}`;
}
