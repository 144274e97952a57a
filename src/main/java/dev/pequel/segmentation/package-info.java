/** Who belongs to the audiences: evaluation over all profiles, memberships, metrics, segment jobs. */
package dev.pequel.segmentation;
