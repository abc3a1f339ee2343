import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { compileFunction } from 'node:vm';

import * as encoding from 'lib0/encoding';
import ts from 'typescript';
import * as Y from 'yjs';

import type { check } from '../text-gate.ts';

export type Check = typeof check;

/** Source texts by file name, relative to `server/sync`. */
export type Sources = ReadonlyMap<string, string>;

type Module = (require: (name: string) => unknown, exports: Record<string, unknown>, turn: () => boolean) => void;

/** More turns of loops than any check of an update takes. */
const mostTurns = 5_000_000;

const folder = new URL('../', import.meta.url);
const entry = 'text-gate.ts';
const packages: Readonly<Record<string, unknown>> = { yjs: Y, 'lib0/encoding': encoding };

/** The sources of the gate: `text-gate.ts` and whatever it imports from its own folder, however deep. */
export function gateSources(): Sources {
	const sources = new Map<string, string>();
	const read = (name: string): void => {
		if (sources.has(name)) return;
		const source = readFileSync(new URL(name, folder), 'utf8');
		sources.set(name, source);
		for (const { fileName } of ts.preProcessFile(source).importedFiles)
			if (fileName.startsWith('./')) read(fileName.slice(2));
	};
	read(entry);
	return sources;
}

/**
 * Runs the sources as modules of their own, on the Yjs of the caller, and returns their `check`, which throws when it turns
 * in a loop without end.
 */
export function loadGate(sources: Sources): Check {
	let turns = 0;
	const turn = () => {
		turns += 1;
		if (turns > mostTurns) throw new Error('a loop without end');
		return true;
	};
	const modules = new Map<string, Record<string, unknown>>();
	const load = (name: string): unknown => {
		if (name in packages) return packages[name];
		const fileName = name.replace('./', '');
		const known = modules.get(fileName);
		if (known !== undefined) return known;
		const exports: Record<string, unknown> = {};
		modules.set(fileName, exports);
		const source = sources.get(fileName) ?? notFound(name);
		const run = compileFunction(runnable(source), ['require', 'exports', 'turn'], { filename: fileName }) as Module;
		run(load, exports, turn);
		return exports;
	};
	const { check } = load(entry) as { check: Check };
	return (update, document, grant) => {
		turns = 0;
		return check(update, document, grant);
	};
}

const runnables = new Map<string, string>();

/** A TypeScript module as the body of a function of `require` and `exports`; the sources come again and again. */
function runnable(source: string): string {
	const known = runnables.get(source);
	if (known !== undefined) return known;
	const exported = [...source.matchAll(/^export (?:const|class|function) (\w+)/gm)].map(([, name = '']) => name);
	const body = stripTypeScriptTypes(countTurns(source))
		.replaceAll(/^import (?:\* as )?(\{.*?\}|\w+) from ('.*?');/gms, 'const $1 = require($2);')
		.replaceAll(/^export /gm, '');
	const result = `'use strict'; ${body}; Object.assign(exports, { ${exported.join()} });`;
	runnables.set(source, result);
	return result;
}

/** Lets every `while` and every `for` with a condition call `turn()` before each turn. */
function countTurns(source: string): string {
	const conditions: ts.Node[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isWhileStatement(node)) conditions.push(node.expression);
		if (ts.isForStatement(node) && node.condition !== undefined) conditions.push(node.condition);
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile('module.ts', source, ts.ScriptTarget.Latest, true));
	return conditions
		.toSorted((a, b) => b.getStart() - a.getStart())
		.reduce((text, node) => {
			const [start, end] = [node.getStart(), node.getEnd()];
			return `${text.slice(0, start)}turn() && (${text.slice(start, end)})${text.slice(end)}`;
		}, source);
}

function notFound(name: string): never {
	throw new Error(`${name} is no part of the gate`);
}
