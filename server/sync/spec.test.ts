import { globSync, readFileSync } from 'node:fs';

import ts from 'typescript';
import { describe, expect, it } from 'vitest';

import { gateCases } from './testing/gate-cases.ts';

const root = new URL('../../', import.meta.url);
const testFiles = ['server/sync/**/*.test.ts', 'tests/live/**/*.test.ts', 'src/lib/live/**/*.test.ts'];

/** The numbers of the rules in SPEC.md. */
function rules(): string[] {
	const spec = readFileSync(new URL('SPEC.md', import.meta.url), 'utf8');
	return [...spec.matchAll(/^- \*\*([A-Z]\d+)\*\*/gm)].map(([, rule = '']) => rule);
}

/** The names of the tests in a source: the first strings of `it(…)`, `it.each(…)(…)` and their kin. */
function namesIn(source: string): string[] {
	const names: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isCallExpression(node) && /^(it|test|describe)\b/.test(node.expression.getText())) {
			const [name] = node.arguments;
			if (name !== undefined && ts.isStringLiteralLike(name)) names.push(name.text);
		}
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile('test.ts', source, ts.ScriptTarget.Latest, true));
	return names;
}

function quoted(): Set<string> {
	const sources = globSync(testFiles, { cwd: root }).map((file) => readFileSync(new URL(file, root), 'utf8'));
	const names = [...sources.flatMap(namesIn), ...gateCases.map(({ name }) => name)];
	return new Set(names.flatMap((name) => name.match(/\b[BTGCP]\d+(?=[:,])/g) ?? []));
}

describe('the rules of the documents', () => {
	it('have numbers of their own', () => {
		expect(rules().length).toBeGreaterThan(30);
		expect(new Set(rules()).size).toBe(rules().length);
	});

	it('are each quoted by a test, and no test quotes one that is not there', () => {
		expect([...quoted()].toSorted()).toEqual(rules().toSorted());
	});
});
