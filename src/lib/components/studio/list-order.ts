/** A list with one member at another place; places beyond the ends count as the ends. */
export function moved<Item>(list: readonly Item[], from: number, to: number): Item[] {
	const rest = list.toSpliced(from, 1);
	const item = list[from];
	return item === undefined ? [...list] : rest.toSpliced(Math.min(Math.max(to, 0), rest.length), 0, item);
}

/**
 * Where a row that is dragged belongs now.
 * @param middles the heights of the middles of all rows, from top to bottom, as they lie without the drag
 * @param from the row that is dragged
 * @param y the height of the middle of the dragged row
 */
export function placeAt(middles: readonly number[], from: number, y: number): number {
	return middles.filter((middle, index) => index !== from && middle < y).length;
}
