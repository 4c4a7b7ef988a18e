#pragma once

#include <azoth/azoth.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// The tables that the rows of the compile table speak of: a small company.
namespace compile_table {

namespace az = azoth;

struct department {
    std::int64_t id{};
    std::string name{};
    az::decimal budget{};
    std::optional<std::int64_t> parent_id{};
};

struct employee {
    std::int64_t id{};
    std::string name{};
    std::optional<std::string> email{};
    std::optional<std::int64_t> department_id{};
    std::optional<std::int64_t> boss_id{};
    az::decimal salary{};
    std::optional<double> bonus{};
    bool active{};
    std::int32_t level{};
    std::uint32_t badge{};
    std::int64_t flags{};
    az::date hired{};
    std::optional<az::date> left_on{};
    az::time_of_day starts{};
    az::local_timestamp created{};
    std::optional<az::timestamp> seen_at{};
    std::optional<std::chrono::microseconds> shift{};
    az::uuid token{};
};

struct project {
    std::int64_t id{};
    std::string title{};
    std::optional<std::int64_t> department_id{};
    std::int32_t priority{};
    double weight{};
};

struct assignment {
    std::int64_t employee_id{};
    std::int64_t project_id{};
    std::int32_t hours{};
    std::optional<std::string> role{};
};

}  // namespace compile_table

template <>
struct azoth::mapping<compile_table::department> {
    static azoth::table_map<compile_table::department> map() {
        using t = compile_table::department;
        return azoth::table_map<t>("department")
            .column<&t::id>(azoth::primary_key)
            .column<&t::name>(azoth::string(80), azoth::unique)
            .column<&t::budget>(azoth::numeric(12, 2))
            .column<&t::parent_id>(azoth::references<&t::id>);
    }
};

template <>
struct azoth::mapping<compile_table::employee> {
    static azoth::table_map<compile_table::employee> map() {
        using t = compile_table::employee;
        return azoth::table_map<t>("employee")
            .column<&t::id>(azoth::primary_key)
            .column<&t::name>(azoth::string(80))
            .column<&t::email>(azoth::string(120), azoth::unique)
            .column<&t::department_id>(azoth::references<&compile_table::department::id>)
            .column<&t::boss_id>()
            .column<&t::salary>(azoth::numeric(10, 2))
            .column<&t::bonus>()
            .column<&t::active>()
            .column<&t::level>()
            .column<&t::badge>()
            .column<&t::flags>()
            .column<&t::hired>()
            .column<&t::left_on>()
            .column<&t::starts>()
            .column<&t::created>()
            .column<&t::seen_at>()
            .column<&t::shift>()
            .column<&t::token>();
    }
};

template <>
struct azoth::mapping<compile_table::project> {
    static azoth::table_map<compile_table::project> map() {
        using t = compile_table::project;
        return azoth::table_map<t>("project")
            .column<&t::id>(azoth::primary_key)
            .column<&t::title>(azoth::string(80))
            .column<&t::department_id>(azoth::references<&compile_table::department::id>)
            .column<&t::priority>()
            .column<&t::weight>();
    }
};

template <>
struct azoth::mapping<compile_table::assignment> {
    static azoth::table_map<compile_table::assignment> map() {
        using t = compile_table::assignment;
        return azoth::table_map<t>("assignment")
            .column<&t::employee_id>(azoth::primary_key, azoth::references<&compile_table::employee::id>)
            .column<&t::project_id>(azoth::primary_key, azoth::references<&compile_table::project::id>)
            .column<&t::hours>()
            .column<&t::role>(azoth::string(20));
    }
};

namespace compile_table {

/// What has JSON and an array, at run time: `document["body"]`.
[[nodiscard]] inline const az::table& document() {
    static const az::table t{"document",
                             {az::column("id", az::type_kind::big_integer, az::primary_key), az::column("body", az::type_kind::json),
                              az::column("tags", az::array_of(az::type_kind::text)),
                              az::column("scores", az::array_of(az::type_kind::big_integer)), az::column("blob", az::type_kind::binary)}};
    return t;
}

/// What the program fills in where a statement leaves it out.
[[nodiscard]] inline const az::table& stamped() {
    static const az::table t{"stamped",
                             {az::column("id", az::string(36), az::primary_key, az::default_from([] { return std::string{"made"}; })),
                              az::column("word", az::string(20), az::default_expression(az::func::upper(az::bound(std::string{"none"})))),
                              az::column("version", az::type_kind::integer, az::default_from([] { return 1; }),
                                         az::on_update_expression(az::own_column<std::int32_t>("version") + 1)),
                              az::column("changed", az::type_kind::integer, az::nullable, az::on_update_from([] { return 7; })),
                              az::column("status", az::string(10), az::not_null, az::server_default("'new'"))}};
    return t;
}

[[nodiscard]] inline az::metadata tables() {
    az::metadata all = az::metadata_of<department, employee, project, assignment>();
    all.add(document());
    all.add(stamped());
    return all;
}

}  // namespace compile_table
