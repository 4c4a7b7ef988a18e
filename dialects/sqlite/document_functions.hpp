#pragma once

#include <sqlite3.h>

namespace azoth::sqlite {

/// Gives a connection what the rules for JSON and arrays use: azoth_json_get(document, steps), azoth_json_set(document, steps, value),
/// azoth_json_remove(document, steps), azoth_json_contains(document, part); azoth_array_slice(array, from, to), azoth_array_concat(a, b),
/// and with a last argument that tells to compare texts as decimals azoth_array_contains_all(a, b, decimals), azoth_array_overlaps,
/// azoth_array_position(array, [value], decimals) and azoth_array_remove. Steps are a JSON array of keys and places. NULL gives NULL.
void register_documents(sqlite3* db);

}  // namespace azoth::sqlite
