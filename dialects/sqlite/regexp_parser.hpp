#pragma once

#include "regexp.hpp"

namespace azoth::sqlite {

/// Makes a program of a pattern.
class regexp_parser {
public:
    using program = std::vector<regexp::instruction>;

    regexp_parser(std::wstring_view pattern, bool ignore_case, std::vector<regexp::character_class>& classes)
        : pattern_{pattern}, ignore_case_{ignore_case}, classes_{classes} {}
    program parse();

private:
    [[nodiscard]] bool at_end() const noexcept { return at_ >= pattern_.size(); }
    [[nodiscard]] wchar_t peek() const noexcept { return at_end() ? L'\0' : pattern_[at_]; }
    wchar_t next();
    bool take(wchar_t c) noexcept;

    program alternatives();
    program sequence();
    program repeated();
    program atom();
    program group();
    program escape();
    program a_class(regexp::character_class c);
    program bracket();
    void bracket_member(regexp::character_class& to);
    void posix_class(regexp::character_class& to);
    program times(const program& what, int least, std::optional<int> most, bool lazy);
    std::optional<std::pair<int, std::optional<int>>> bounds();
    std::optional<int> number();

    std::wstring_view pattern_;
    bool ignore_case_;
    std::vector<regexp::character_class>& classes_;
    std::size_t at_{};
    int groups_{};
    int depth_{};
};

}  // namespace azoth::sqlite
