#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace azoth::sqlite {

/// A regular expression of the kind that all databases know: literals, ., classes, groups, |, *, +, ?, {n,m} and their lazy forms, ^, $,
/// \b, \d, \w, \s. Looks at each character of a text once for each step of the pattern, whatever the pattern is: no text makes it slow or
/// deep. Characters are Unicode's; \d, \w, \s and the case of letters are ASCII's.
class regexp {
public:
    static constexpr std::size_t longest_pattern = 1'000;
    static constexpr std::size_t most_groups = 10;  ///< with the whole, which is group 0
    /// Where each group begins and ends; `nowhere` for one that takes no part.
    static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);
    using groups = std::array<std::pair<std::size_t, std::size_t>, most_groups>;

    /// Throws data_error (value-format) where the pattern is wrong, or asks for what only some databases have.
    regexp(std::wstring_view pattern, bool ignore_case);
    /// The leftmost match that begins at `from` or later. Throws data_error (value-range) for a text that is too long for the pattern; who
    /// searches one text again and again has the characters counted that all the searches look at.
    [[nodiscard]] std::optional<groups> search(std::wstring_view text, std::size_t from = 0, std::size_t* characters_seen = nullptr) const;

    struct character_class {
        std::vector<std::pair<wchar_t, wchar_t>> ranges{};  ///< once it is searched: in order, and apart from each other
        bool negated{};
        [[nodiscard]] bool holds(wchar_t c) const noexcept;
    };
    enum class steps : unsigned char { one_of, any, split, jump, save, begin, end, boundary, no_boundary, found };
    /// One step; `first` and `second` say where to go on from here: the first is preferred. Of `one_of` and `save`, `first` is a number.
    struct instruction {
        steps step{};
        int first{};
        int second{};
    };

private:
    std::vector<instruction> program_{};
    std::vector<character_class> classes_{};
};

}  // namespace azoth::sqlite
