/** Segment jobs: requested or scheduled evaluations, and the queue that all replicas share. */
package dev.pequel.segmentation.job;
