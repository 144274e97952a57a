/**
 * What an expression would select, before there is an audience: previews with their profiles, estimates of their size (exact
 * here), and explanations of one profile's value.
 */
package dev.pequel.preview;
