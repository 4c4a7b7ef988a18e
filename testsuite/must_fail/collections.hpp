#pragma once

// Structs with collections of the ORM.
#include <azoth/orm.hpp>

#include <cstdint>
#include <string>

namespace az = azoth;
namespace orm = azoth::orm;

struct edition;
struct sale;
struct book {
    std::int64_t id{};
    orm::many_map<std::string, edition> editions{};
    orm::many<edition> all{};
    orm::write_only<sale> sales{};
};
struct edition {
    std::int64_t id{};
    std::string language{};
    std::int64_t book_id{};
};
struct sale {
    std::int64_t id{};
    std::int64_t book_id{};
};

template <>
struct azoth::mapping<edition> {
    static azoth::table_map<edition> map() {
        return azoth::table_map<edition>("edition").column<&edition::id>(azoth::primary_key).column<&edition::language>();
    }
};
template <>
struct azoth::mapping<sale> {
    static azoth::table_map<sale> map() { return azoth::table_map<sale>("sale").column<&sale::id>(azoth::primary_key); }
};
template <>
struct azoth::mapping<book> {
    static azoth::table_map<book> map() { return azoth::table_map<book>("book").column<&book::id>(azoth::primary_key); }
};
