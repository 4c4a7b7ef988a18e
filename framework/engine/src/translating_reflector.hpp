#pragma once

#include <azoth/schema/reflector.hpp>
#include <azoth/sql/name_map.hpp>

#include <memory>
#include <utility>

namespace azoth::detail {

/// Looks into the schemas that stand for those it is asked about.
class translating_reflector final : public reflector {
public:
    translating_reflector(std::unique_ptr<reflector> of, const name_map& schemas) noexcept : of_{std::move(of)}, schemas_{schemas} {}
    [[nodiscard]] bool has_table(std::string_view name, std::string_view schema) override { return of_->has_table(name, at(schema)); }
    [[nodiscard]] std::vector<std::string> table_names(std::string_view schema) override { return of_->table_names(at(schema)); }

private:
    [[nodiscard]] std::string_view at(std::string_view schema) const {
        const auto found = schemas_.find(schema);
        return found == schemas_.end() ? schema : std::string_view{found->second};
    }
    std::unique_ptr<reflector> of_;
    const name_map& schemas_;
};

}  // namespace azoth::detail
