/** Where browsers fetch the operator's parts network; it answers 204 where there is none for them. */
export const partsModelPath = '/api/parts-model';
