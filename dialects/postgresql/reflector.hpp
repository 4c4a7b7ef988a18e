#pragma once

#include <azoth/dialect.hpp>

namespace azoth::postgresql {

/// Reads PostgreSQL's catalogue. Without a schema `has_table` asks for what is found by its bare name, through the search path, and
/// `table_names` lists the current schema, in which tables are made.
class catalogue_reader final : public reflector {
public:
    explicit catalogue_reader(executor& through) noexcept : on_{through} {}
    bool has_table(std::string_view name, std::string_view schema) override;
    std::vector<std::string> table_names(std::string_view schema) override;

private:
    executor& on_;
};

}  // namespace azoth::postgresql
