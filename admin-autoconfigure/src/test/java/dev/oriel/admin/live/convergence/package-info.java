/**
 * Random schemas, queries, transactions and faults, after which every client has to show
 * what its query answers.
 */
package dev.oriel.admin.live.convergence;
