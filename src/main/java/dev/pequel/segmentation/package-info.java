/** Audiences over all profiles: what evaluation, members and segment jobs share. */
package dev.pequel.segmentation;
