/** The fields of a sandbox's profiles, with the number of profiles and the values that each has. */
package dev.pequel.field;
