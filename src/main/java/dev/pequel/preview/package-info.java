/**
 * Ad hoc evaluation of expressions: previews of the selected profiles, estimates of their number (exact in Pequel),
 * and explanations of the value for a profile.
 */
package dev.pequel.preview;
