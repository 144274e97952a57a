/** What the benchmarks of whole services share; the packages below measure one subject each. */
package dev.pequel.benchmark;
