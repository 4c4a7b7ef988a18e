#include "sample.hpp"

namespace properties {
namespace {

using k = az::type_kind;

az::decimal digits(std::string_view text) { return az::decimal::parse(text); }
az::date day(std::string_view text) { return az::parse_date(text); }

}  // namespace

const az::table& sample_table() {
    static const az::table t{
        "property_sample",
        {az::column("id", k::big_integer, az::primary_key), az::column("i", k::big_integer), az::column("j", k::big_integer),
         az::column("k", k::integer), az::column("r", k::double_), az::column("n", az::numeric(10, 2)), az::column("w", az::numeric(30, 4)),
         az::column("s", az::string(40)), az::column("t", az::string(40)), az::column("b", k::boolean), az::column("c", k::boolean),
         az::column("d", k::date)}};
    return t;
}

const std::vector<row>& sample_rows() {
    using v = az::value;
    using i64 = std::int64_t;
    static const std::vector<row> rows{{v{i64{1}}, v{i64{2}}, v{i64{-3}}, v{std::int32_t{5}}, v{0.5}, v{digits("1.50")},
                                        v{digits("12345678901234567890.1234")}, v{"a"}, v{"it's"}, v{true}, v{false}, v{day("2024-02-29")}},
                                       {v{i64{2}}, v{}, v{i64{0}}, v{std::int32_t{-7}}, v{-2.25}, v{digits("-0.01")}, v{}, v{"日本é"},
                                        v{""}, v{false}, v{}, v{day("1999-12-31")}},
                                       {v{i64{3}}, v{i64{0}}, v{}, v{}, v{}, v{}, v{digits("10.5")}, v{}, v{"a%_\\"}, v{}, v{true}, v{}},
                                       {v{i64{4}}, v{i64{-1}}, v{i64{1}}, v{std::int32_t{0}}, v{0.0}, v{digits("9.25")}, v{digits("9.25")},
                                        v{"A "}, v{}, v{true}, v{true}, v{day("2000-01-01")}},
                                       {v{i64{5}}, v{i64{1000}}, v{i64{7}}, v{std::int32_t{1000}}, v{1e3}, v{digits("0.00")},
                                        v{digits("-3.0000")}, v{""}, v{"b"}, v{false}, v{false}, v{day("2024-03-01")}}};
    return rows;
}

std::vector<az::node_ptr> sample_columns(az::type_kind kind) {
    static const std::vector<az::node_ptr> all = [] {
        std::vector<az::node_ptr> made;
        for (const auto& spec : sample_table().columns()) made.push_back(sample_table()[spec.name].node());
        return made;
    }();
    std::vector<az::node_ptr> found;
    for (const auto& c : all)
        if (az::type_of(*c).kind == kind) found.push_back(c);
    return found;
}

void fill_sample(az::engine& in) {
    az::metadata tables;
    tables.add(sample_table());
    tables.drop_all(in);
    tables.create_all(in);
    auto connection = in.connect();
    for (const row& values : sample_rows()) {
        auto insert = az::make_node<az::insert_node>(sample_table().source());
        for (std::size_t i = 0; i < values.size(); ++i)
            insert->values.push_back({sample_table()[sample_table().columns()[i].name].node(),
                                      az::make_node<const az::bind_node>(values[i], sample_table().columns()[i].type)});
        (void)connection.execute(az::insert_statement<row>{insert});
    }
    connection.commit();
}

}  // namespace properties
