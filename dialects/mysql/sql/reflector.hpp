#pragma once

#include <azoth/dialect.hpp>

namespace azoth::mysql {

/// Reads information_schema. A schema is what MySQL calls a database.
class catalogue_reader final : public reflector {
public:
    explicit catalogue_reader(executor& on) noexcept : on_{on} {}
    bool has_table(std::string_view name, std::string_view schema) override;
    std::vector<std::string> table_names(std::string_view schema) override;

private:
    executor& on_;
};

}  // namespace azoth::mysql
