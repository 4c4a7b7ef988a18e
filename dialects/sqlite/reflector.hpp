#pragma once

#include <azoth/dialect.hpp>

namespace azoth::sqlite {

/// Reads sqlite_schema. A schema is a database that is attached under that name; the default is "main".
class catalogue_reader final : public reflector {
public:
    explicit catalogue_reader(executor& through) noexcept : on_{through} {}
    bool has_table(std::string_view name, std::string_view schema) override;
    std::vector<std::string> table_names(std::string_view schema) override;

private:
    executor& on_;
};

}  // namespace azoth::sqlite
