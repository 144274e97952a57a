/** Members of audiences: listed, imported, frozen, and compared as overlaps. */
package dev.pequel.segmentation.membership;
