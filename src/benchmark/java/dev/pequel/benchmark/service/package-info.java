/** Start, memory and throughput of packaged services: Pequel beside a bare Panache application. */
package dev.pequel.benchmark.service;
