/** LICENSE of a packed dataset: which licence it is under, and where its text is. */
export const license = `The data in this folder is licensed under the Creative Commons Attribution 4.0 International License (CC BY 4.0).

You may copy, share and change it for any purpose, also commercially, if you name its authors (CITATION.cff says how),
link to the licence, and say what you changed.

SPDX-License-Identifier: CC-BY-4.0
The licence in full: https://creativecommons.org/licenses/by/4.0/legalcode
`;
