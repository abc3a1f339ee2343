import ts from 'typescript';

/** One small change to a source text, after which the code still runs but does something else. */
export type Mutation = {
	/** Where and what, without a line number: `#take: clock > known → clock >= known`. */
	readonly name: string;
	readonly source: string;
};

type Change = { readonly node: ts.Node; readonly by: string };

const loosened: Partial<Record<ts.SyntaxKind, string>> = {
	[ts.SyntaxKind.GreaterThanToken]: '>=',
	[ts.SyntaxKind.GreaterThanEqualsToken]: '>',
	[ts.SyntaxKind.LessThanToken]: '<=',
	[ts.SyntaxKind.LessThanEqualsToken]: '<',
	[ts.SyntaxKind.EqualsEqualsEqualsToken]: '!==',
	[ts.SyntaxKind.ExclamationEqualsEqualsToken]: '===',
	[ts.SyntaxKind.PlusToken]: '-',
	[ts.SyntaxKind.MinusToken]: '+',
	[ts.SyntaxKind.PlusEqualsToken]: '-=',
};

/**
 * All mutations of a TypeScript source, found in its syntax tree, so that a check that is added later is mutated too:
 * each condition true and false, each half of `&&`, `||` and `??` alone, each comparison and sum turned, each number one
 * more, each string empty, each `true` false, each call that stands alone and each `throw` left out, each character of a set in a regular expression left out.
 */
export function mutationsOf(fileName: string, source: string): readonly Mutation[] {
	const file = ts.createSourceFile(fileName, source, ts.ScriptTarget.Latest, true);
	const changes: Change[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || isMessage(node)) return;
		changes.push(...changesOf(node));
		ts.forEachChild(node, visit);
	};
	visit(file);
	return withNames(changes.map(({ node, by }) => mutate(file, source, node, by)));
}

/** What an error says is for people. */
function isMessage(node: ts.Node): boolean {
	return ts.isStringLiteral(node) && (ts.isNewExpression(node.parent) || ts.isPropertyDeclaration(node.parent));
}

function changesOf(node: ts.Node): Change[] {
	if (ts.isIfStatement(node)) return eitherWay(node.expression);
	if (ts.isConditionalExpression(node)) return eitherWay(node.condition);
	if (ts.isBinaryExpression(node)) return binaryChanges(node);
	if (ts.isNumericLiteral(node)) return [{ node, by: String(Number(node.text) + 1) }];
	if (ts.isStringLiteral(node) && node.text !== '') return [{ node, by: "''" }];
	if (node.kind === ts.SyntaxKind.TrueKeyword) return [{ node, by: 'false' }];
	if (ts.isRegularExpressionLiteral(node)) return smallerSets(node);
	if (ts.isThrowStatement(node)) return [{ node, by: ';' }];
	if (ts.isExpressionStatement(node) && ts.isCallExpression(node.expression)) return [{ node, by: ';' }];
	if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
		return [{ node, by: node.operand.getText() }];
	return [];
}

function eitherWay(condition: ts.Expression): Change[] {
	return ['true', 'false'].map((by) => ({ node: condition, by }));
}

function binaryChanges(node: ts.BinaryExpression): Change[] {
	const { left, right, operatorToken } = node;
	const operator = operatorToken.kind;
	if (operator === ts.SyntaxKind.QuestionQuestionToken) return [{ node, by: left.getText() }];
	if (operator === ts.SyntaxKind.AmpersandAmpersandToken || operator === ts.SyntaxKind.BarBarToken)
		return [left, right].map((half) => ({ node, by: `(${half.getText()})` }));
	const by = loosened[operator];
	return by === undefined ? [] : [{ node, by: `${left.getText()} ${by} ${right.getText()}` }];
}

function smallerSets(node: ts.RegularExpressionLiteral): Change[] {
	const [set, members = ''] = /\[(.*?)\]/.exec(node.text) ?? [];
	if (set === undefined) return [];
	const parts = members.match(/\\.|[^\\]/g) ?? [];
	return parts.map((left) => ({
		node,
		by: node.text.replace(set, `[${parts.filter((part) => part !== left).join('')}]`),
	}));
}

function mutate(file: ts.SourceFile, source: string, node: ts.Node, by: string): Mutation {
	const [start, end] = [node.getStart(file), node.getEnd()];
	const statement = source.slice(start, end).replace(/\s+/g, ' ');
	return {
		name: `${functionAround(node)}: ${contextOf(node)}${statement} → ${by}`,
		source: source.slice(0, start) + by + source.slice(end),
	};
}

/** A number says little by itself: the expression around it is part of the name. */
function contextOf(node: ts.Node): string {
	if (!ts.isNumericLiteral(node)) return '';
	return `in ${node.parent.getText().replace(/\s+/g, ' ')}: `;
}

function functionAround(node: ts.Node): string {
	for (let around: ts.Node = node; !ts.isSourceFile(around); around = around.parent) {
		if (ts.isMethodDeclaration(around) || ts.isFunctionDeclaration(around)) return around.name?.getText() ?? '';
		if (ts.isConstructorDeclaration(around)) return 'constructor';
	}
	return 'module';
}

/** The same change at several places of a function gets a number from the second on. */
function withNames(mutations: readonly Mutation[]): readonly Mutation[] {
	const seen = new Map<string, number>();
	return mutations.map(({ name, source }) => {
		const count = (seen.get(name) ?? 0) + 1;
		seen.set(name, count);
		return { name: count === 1 ? name : `${name} (${count})`, source };
	});
}
