#pragma once

#include "expect.hpp"

#include <azoth/conformance/context.hpp>

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What the cases of JSON and arrays work with.
namespace azoth::conformance {

using nlohmann::json;
template <class T>
using maybe_many = std::vector<std::optional<T>>;

/// A table of documents, 1, 2, 3 ..., a NULL behind them.
struct kept_documents {
    table rows;
    connection by;
    expr<std::optional<json>> body;
    expr<std::int64_t> id;
    expr<std::optional<std::string>> word;

    kept_documents(context& on, const std::vector<json>& documents)
        : rows{on.make_table("documents", {column("id", type_kind::big_integer, primary_key, not_generated),
                                           column("body", type_kind::json), column("word", string(40))})},
          by{on.connect()},
          body{rows.column<std::optional<json>>("body")},
          id{rows.column<std::int64_t>("id")},
          word{rows.column<std::optional<std::string>>("word")} {
        std::int64_t next = 0;
        for (const json& d : documents) by.execute(insert(rows).set(rows["id"], ++next).set(rows["body"], d));
        by.execute(insert(rows).set(rows["id"], ++next).set(rows["body"], std::nullopt));
    }
    template <class E>
    auto all(const E& e) {
        return by.scalars(select(e).order_by(id));
    }
    template <class E>
    typename E::value_type first(const E& e) {
        return by.scalar(select(e).where(id == 1));
    }
    template <class C>
    std::vector<std::int64_t> where(const C& condition) {
        return by.scalars(select(id).where(condition).order_by(id));
    }
};

}  // namespace azoth::conformance
