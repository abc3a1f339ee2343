import { holdsWithin, type Crowd } from './crowd.ts';
import type { Random } from './random.ts';
import type { Writer } from './typing.ts';
import { Typist } from './typist.ts';

/** The heading of the sheet that everybody writes under. */
const root = 'proposal';

/**
 * Brings in a document's first two people, of whom the second keeps a replica, and lets the first put text into it. They stay, since
 * a server may forget a document that nobody looks at. Returns the clientID that the text belongs to.
 */
export async function fillText(crowd: Crowd, text: string, random: Random): Promise<number> {
	const founder = await crowd.open(0, false);
	const witness = await crowd.open(1, true);
	crowd.people.push(founder, witness);
	const typist = new Typist(founder.clientId, { root, before: null, after: null }, random);
	founder.member.sendUpdate(typist.paste(text));
	if (!(await holdsWithin(10_000, () => witness.replica?.document.getText(root).length === text.length)))
		throw new Error('The document did not take its first text');
	return founder.clientId;
}

/** One typist for each of these people, at places spread over a text that `owner` has written. */
export function textWriters(
	crowd: Crowd,
	numbers: readonly number[],
	{ owner, units, random }: { owner: number; units: number; random: Random },
): Writer[] {
	return numbers.flatMap((number, index) => {
		const person = crowd.people[number];
		if (person === undefined) return [];
		const clock = Math.floor(((index + 0.5) * (units - 1)) / numbers.length);
		const place = { root, before: { client: owner, clock }, after: { client: owner, clock: clock + 1 } };
		const typist = new Typist(person.clientId, place, random);
		return [
			{
				change() {
					const { update, key } = typist.press();
					crowd.journal.sent(key);
					person.member.sendUpdate(update);
				},
			},
		];
	});
}
