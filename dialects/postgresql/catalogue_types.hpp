#pragma once

#include "catalogue.hpp"

#include <functional>
#include <map>

namespace azoth::postgresql {

/// What the model makes of a type.
struct reflected_type {
    type of{};
    bool not_null{};     ///< a domain that says so
    std::string note{};  ///< what is lost, for people; empty: nothing
    bool stays{true};    ///< ... elsewhere only: here it is written again as it is
};

/// The types that a schema's columns are of.
class type_catalogue {
public:
    /// `spelled`: how a schema's name is given in the definitions.
    explicit type_catalogue(std::function<std::string(const std::string&)> spelled) : spelled_{std::move(spelled)} {}

    void read(executor& on, const cell& relations);
    /// `name`: as format_type writes it.
    [[nodiscard]] reflected_type resolve(std::int64_t number, std::int64_t modifier, const std::string& name) const;

private:
    struct entry {
        std::string name{};
        std::string schema{};
        char kind{};
        std::int64_t element{};
        std::int64_t base{};
        std::int64_t base_modifier{};
        std::string base_name{};
        bool not_null{};
        std::vector<std::string> labels{};
    };
    [[nodiscard]] reflected_type domain(const entry& of, const std::string& name) const;
    [[nodiscard]] reflected_type array(const entry& of, std::int64_t modifier, std::string name) const;

    std::function<std::string(const std::string&)> spelled_;
    std::map<std::int64_t, entry> types_{};
};

}  // namespace azoth::postgresql
