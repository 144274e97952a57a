/** Tables of the results of evaluations: members of audiences and metrics. */
package dev.pequel.segmentation.store;
