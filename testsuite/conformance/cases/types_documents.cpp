// Bytes and JSON.
#include "travel.hpp"
#include "types_parts.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace azoth::conformance {
namespace {

using nlohmann::json;

bytes bytes_of(std::string_view chars) {
    const auto* const data = reinterpret_cast<const std::byte*>(chars.data());
    return {data, data + chars.size()};
}

bytes every_byte() {
    bytes all;
    for (int b = 0; b < 256; ++b) all.push_back(static_cast<std::byte>(b));
    return all;
}

struct as_binary {
    using type = bytes;
    static constexpr std::string_view stem = "binary";
    static std::vector<bytes> samples() {
        bytes backwards = every_byte();
        std::reverse(backwards.begin(), backwards.end());
        return {
            {}, every_byte(), backwards, bytes_of("text"), bytes(3, std::byte{0}), bytes_of("\\x00'\\'"), bytes_of("a"), bytes_of("a ")};
    }
};

struct as_short_binary {
    using type = bytes;
    static constexpr std::string_view stem = "short_binary";
    static azoth::type column() { return binary(16); }
    static std::vector<bytes> samples() {
        return {{}, bytes(16, std::byte{255}), bytes_of("a"), bytes(3, std::byte{0}), bytes_of({"\0a\0b", 4})};
    }
};

/// A document that a program packs itself, as SQLAlchemy's programs pickle theirs.
void packed_documents(context& on) {
    const table t = on.make_table(
        "packed", {column("id", type_kind::integer, primary_key, not_generated), column("pack", type_kind::binary, not_null)});
    connection c = on.connect();
    const json document{{"key", {1, 2.5, nullptr, "три"}}, {"nested", {{"deep", true}}}};
    const auto packed = json::to_cbor(document);
    c.execute(insert(t).set(t["id"], 1).set(t["pack"], bytes_of({reinterpret_cast<const char*>(packed.data()), packed.size()})));
    const bytes found = c.scalar(select(t.column<bytes>("pack")));
    CHECK(json::from_cbor(reinterpret_cast<const std::uint8_t*>(found.data()),
                          reinterpret_cast<const std::uint8_t*>(found.data()) + found.size()) == document);
}

/// Bytes too many for their column are refused or kept whole.
void too_many_bytes_are_never_cut(context& on) {
    const table t =
        on.make_table("too_many", {column("id", type_kind::integer, primary_key, not_generated), column("content", binary(4), not_null)});
    connection c = on.connect();
    const bytes sent = bytes_of("12345");
    try {
        c.execute(insert(t).set(t["id"], 1).set(t["content"], sent));
    } catch (const data_error&) {
        c.rollback();
        CHECK(c.scalar(select(func::count()).select_from(t)) == 0);
        return;
    }
    CHECK(c.scalar(select(t.column<bytes>("content"))) == sent);
}

std::vector<json> scalars() {
    return {json(1),
            json(-5),
            json(0),
            json(1.5),
            json(true),
            json(false),
            json("text"),
            json(""),
            json("with \"quotes\" and \\"),
            json(1234567890123456789),
            json(nullptr)};
}

json document_1() {
    return {{"key1", "value1"},
            {"key2", "value2"},
            {"Ключ", "значение 🐘"},
            {"nested", {{"empty", json::object()}, {"list", {1, "two", nullptr, 3.25, {{"a", false}}}}}}};
}

struct as_json {
    using type = json;
    static constexpr std::string_view stem = "json";
    static constexpr bool is_searchable = false;  // JSON has an equality of its own: json-equality
    static std::vector<json> samples() {
        std::vector<json> all = scalars();
        all.insert(all.end(),
                   {json::object(), json::array(), document_1(), json::array({1, 2, 3}), json{{"it's", "a 'quote'"}, {"per%cent", "100%"}},
                    json{{":name", "?"}, {"$1", "\\"}}, json("e\u0301 é 日本 \u2028 \u0001 \t")});
        return all;
    }
};

/// Numbers and unusual keys, more than a line of it.
void large_document(context& on) {
    json document;
    for (int i = 0; i < 1000; ++i)
        document["key " + std::to_string(i)] = {
            {"number", i * 1'000'003LL}, {"half", i + 0.5}, {"text", std::string(100, static_cast<char>('a' + i % 26)) + "ü🐘"}};
    const table t = on.make_table(
        "large_json", {column("id", type_kind::integer, primary_key, not_generated), column("body", type_kind::json, not_null)});
    connection c = on.connect();
    c.execute(insert(t).set(t["id"], 1).set(t["body"], document));
    const std::vector<std::vector<value>> more{{value{2}, value{document}}, {value{3}, value{document}}};
    c.execute(insert(t).columns(t["id"], t["body"]), more);
    for (const json& found : c.scalars(select(t.column<json>("body")))) CHECK((found == document));
}

/// SQL's NULL is no document, and JSON's null is one.
void two_kinds_of_null(context& on) {
    const table t = on.make_table(
        "json_null", {column("id", type_kind::integer, primary_key, not_generated), column("body", type_kind::json, nullable)});
    connection c = on.connect();
    c.execute(insert(t).set(t["id"], 1).set(t["body"], json(nullptr)));
    c.execute(insert(t).set(t["id"], 2).set(t["body"], std::nullopt));
    const std::vector<std::vector<value>> more{{value{3}, value{json(nullptr)}}, {value{4}, value{}}};
    c.execute(insert(t).columns(t["id"], t["body"]), more);
    const auto id = t.column<std::int32_t>("id");
    const auto body = t.column<std::optional<json>>("body");
    CHECK(c.scalars(select(id).where(body.is_null()).order_by(id)) == std::vector{2, 4});
    for (const auto& [which, found] : c.execute(select(id, body).where(body.is_not_null())).all()) {
        INFO("row " << which);
        REQUIRE(found.has_value());
        CHECK(found->is_null());
    }
    result r = c.execute(select_columns(std::vector{t["body"]}).where(t["id"] == 2));
    REQUIRE(r.next());
    CHECK_THROWS_AS(r.get<json>(0), data_error);
}

void documents_are_equal(context& on) {
    const table t = on.make_table(
        "json_equal", {column("id", type_kind::integer, primary_key, not_generated), column("body", type_kind::json, not_null)});
    connection c = on.connect();
    const std::vector<json> documents{document_1(), json::array({1, 2}), json("text"), json(7)};
    for (std::size_t i = 0; i < documents.size(); ++i)
        c.execute(insert(t).set(t["id"], static_cast<std::int32_t>(i)).set(t["body"], documents[i]));
    for (std::size_t i = 0; i < documents.size(); ++i)
        CHECK(c.scalars(select(t.column<std::int32_t>("id")).where(t.column<json>("body") == documents[i])) ==
              std::vector{static_cast<std::int32_t>(i)});
}

/// JSON is no place for what is no JSON.
void not_json_is_refused(context& on) {
    const table t = on.make_table(
        "not_json", {column("id", type_kind::integer, primary_key, not_generated), column("body", type_kind::json, not_null)});
    connection c = on.connect();
    CHECK_THROWS_AS(c.execute(insert(t).set(t["id"], 1).set(t["body"], json(std::numeric_limits<double>::quiet_NaN()))), data_error);
    CHECK_THROWS_AS(c.execute(insert(t).set(t["id"], 1).set(t["body"], json("\xff"))), data_error);
    c.rollback();
    CHECK(c.scalar(select(func::count()).select_from(t)) == 0);
}

}  // namespace

std::vector<test_case> areas::types_parts::documents() {
    return {
        {"types/binary-round-trip", "bytes of all 256 values come back and are found", {}, &comes_back<as_binary>},
        {"types/binary-prepared", "the same through prepared statements", {}, &comes_back_prepared<as_binary>},
        {"types/binary-batch", "the same through batches", {}, &comes_back_from_batch<as_binary>},
        {"types/binary-literal", "a literal is the value bound", {}, &literal_equals_bound<as_binary>},
        {"types/binary-of-a-length", "bytes in a column of a length come back without padding", {}, &travels_every_way<as_short_binary>},
        {"types/binary-too-long", "too many bytes are refused or kept whole, never cut", {}, &too_many_bytes_are_never_cut},
        {"types/binary-packed-document", "a serialized object comes back", {}, &packed_documents},
        {"types/json-round-trip", "JSON values of all kinds, Unicode included, come back", {}, &comes_back<as_json>},
        {"types/json-prepared", "the same through prepared statements", {}, &comes_back_prepared<as_json>},
        {"types/json-batch", "the same through batches", {}, &comes_back_from_batch<as_json>},
        {"types/json-literal", "a literal is the value bound", {}, &literal_equals_bound<as_json>},
        {"types/json-large-document", "a document of 200 KB comes back", {}, &large_document},
        {"types/json-null-and-sql-null", "JSON's null and SQL's NULL stay two things", {}, &two_kinds_of_null},
        {"types/json-equality", "a document is found by its value", {}, &documents_are_equal},
        {"types/json-refused", "NaN and bytes that are no UTF-8 are refused", {}, &not_json_is_refused},
    };
}

}  // namespace azoth::conformance
