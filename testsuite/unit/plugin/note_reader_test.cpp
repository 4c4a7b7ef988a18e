#include <catch2/catch.hpp>

#include "plugin_files.hpp"

#include <azoth/base/error.hpp>
#include <azoth/driver/plugin_note.hpp>
#include <azoth/plugin/registry.hpp>

#include <elf.h>

#include <cstddef>
#include <set>
#include <string>

using namespace azoth;
using namespace plugin_files;
using content = detail::plugin_note_content;

namespace {

/// The error that reading gives; its code and its message.
std::pair<errc, std::string> refusal_of(std::span<const std::byte> file) {
    try {
        parse_plugin_metadata(file);
    } catch (const plugin_error& e) {
        return {e.code(), e.message()};
    }
    return {errc::internal, "it was read"};
}

bytes good() { return read(built("good")); }

/// Places at which a file could be cut: the start and the end of each header, segment and section, and their neighbours.
std::set<std::size_t> boundaries(const bytes& file) {
    std::set<std::size_t> out;
    const auto add = [&](std::uint64_t from, std::uint64_t length) {
        for (const std::uint64_t at : {from, from + length})
            for (const std::uint64_t near : {at - 1, at, at + 1})
                if (near < file.size()) out.insert(near);
    };
    const auto header = value_at<Elf64_Ehdr>(file, 0);
    add(0, sizeof header);
    for (std::size_t i = 0; i < header.e_phnum; ++i) {
        const std::size_t at = header.e_phoff + i * sizeof(Elf64_Phdr);
        const auto segment = value_at<Elf64_Phdr>(file, at);
        add(at, sizeof segment);
        add(segment.p_offset, segment.p_filesz);
    }
    for (std::size_t i = 0; i < header.e_shnum; ++i) {
        const std::size_t at = header.e_shoff + i * sizeof(Elf64_Shdr);
        const auto section = value_at<Elf64_Shdr>(file, at);
        add(at, sizeof section);
        if (section.sh_type != SHT_NOBITS) add(section.sh_offset, section.sh_size);
    }
    return out;
}

}  // namespace

TEST_CASE("a plugin's note is read from its file") {
    const plugin_metadata found = read_plugin_metadata(built("good"));
    CHECK(found.dialect == "alchemy");
    CHECK(found.driver == "gold");
    CHECK(found.version == "1.2.3");
    CHECK(found.aliases == std::vector<std::string>{"alchemist", "chymistry"});
    CHECK(found.client_library == "libgold 4");
    CHECK(found.is_default_driver);
    CHECK(found.spi_major == spi_major);
    CHECK(found.spi_minor == spi_minor);
    CHECK(found.toolchain.find("library=libstdc++") != std::string::npos);
    const plugin_metadata other = read_plugin_metadata(built("second_driver"));
    CHECK(other.aliases.empty());
    CHECK_FALSE(other.is_default_driver);
}

TEST_CASE("a file that is cut at any boundary is refused") {
    const bytes whole = good();
    REQUIRE(refusal_of(whole).second == "it was read");
    const auto cuts = boundaries(whole);
    REQUIRE(cuts.size() > 100);
    for (const std::size_t at : cuts) {
        INFO("cut at " << at << " of " << whole.size());
        const auto [code, message] = refusal_of(std::span{whole}.first(at));
        REQUIRE(code == errc::plugin_file);
        REQUIRE((message.find("truncated") != std::string::npos || at < SELFMAG));
    }
    for (std::size_t at = 0; at < 1024; ++at) REQUIRE(refusal_of(std::span{whole}.first(at)).first == errc::plugin_file);
}

TEST_CASE("a truncated file is refused by its path, and never reaches the loader") {
    const temporary_folder own;
    const bytes whole = good();
    const auto file = write(own.path() / "azoth-dialect-alchemy-gold.so", std::span{whole}.first(whole.size() / 2));
    dialect_registry registry;
    registry.add_folder(own.path());
    try {
        registry.find("alchemy");
        FAIL("it was found");
    } catch (const plugin_error& e) {
        CHECK(e.code() == errc::plugin_file);
        CHECK_THAT(e.what(), Catch::Contains(file.string()) && Catch::Contains("truncated"));
    }
}

TEST_CASE("what is no shared library of this machine is refused") {
    const auto says = [](const bytes& file, std::string_view part) {
        const auto [code, message] = refusal_of(file);
        CHECK(code == errc::plugin_file);
        CHECK_THAT(message, Catch::Contains(std::string{part}));
    };
    const std::string script = "#!/bin/sh\necho I am no library, and long enough to hold an ELF header of sixty-four bytes\n";
    const auto* text = reinterpret_cast<const std::byte*>(script.data());
    says(bytes(text, text + script.size()), "not an ELF shared library");
    says({}, "it is empty");

    bytes file = good();
    patch(file, EI_CLASS, std::uint8_t{ELFCLASS32});
    says(file, "another machine");
    file = good();
    patch(file, offsetof(Elf64_Ehdr, e_machine), std::uint16_t{EM_SPARC});
    says(file, "another machine");
    file = good();
    patch(file, offsetof(Elf64_Ehdr, e_type), std::uint16_t{ET_REL});
    says(file, "not a shared library");
    file = good();
    patch(file, offsetof(Elf64_Ehdr, e_phnum), std::uint16_t{0});
    says(file, "no program headers");
    file = good();
    patch(file, offsetof(Elf64_Ehdr, e_shentsize), std::uint16_t{63});
    says(file, "section headers");
}

TEST_CASE("sizes and offsets that overflow are refused") {
    const auto header = value_at<Elf64_Ehdr>(good(), 0);
    const std::uint64_t huge = ~std::uint64_t{0};
    for (const std::size_t at : {offsetof(Elf64_Ehdr, e_phoff), offsetof(Elf64_Ehdr, e_shoff),
                                 header.e_phoff + offsetof(Elf64_Phdr, p_offset), header.e_phoff + offsetof(Elf64_Phdr, p_filesz)}) {
        for (const std::uint64_t value : {huge, huge - 8, huge / 2 + 1}) {
            bytes file = good();
            patch(file, at, value);
            INFO("field at " << at << ", value " << value);
            CHECK(refusal_of(file).first == errc::plugin_file);
        }
    }
}

TEST_CASE("a shared library without a note is refused as such") {
    const auto [code, message] = refusal_of(read(built("no_note")));
    CHECK(code == errc::plugin_no_note);
    CHECK_THAT(message, Catch::Contains("AZOTH_PLUGIN"));
}

TEST_CASE("a note that is damaged is refused, and what it holds is shown without control characters") {
    const std::size_t at = content_at(good());
    const auto damaged = [&](auto change) {
        bytes file = good();
        change(file);
        return refusal_of(file);
    };
    const auto wrong_magic = damaged([&](bytes& file) { patch_text(file, at, "OTHERDLC"); });
    CHECK(wrong_magic.first == errc::plugin_magic);
    CHECK_THAT(wrong_magic.second, Catch::Contains("OTHERDLC"));

    const auto short_note = damaged([&](bytes& file) { patch(file, at + offsetof(content, size), std::uint32_t{20}); });
    CHECK(short_note.first == errc::plugin_magic);
    CHECK_THAT(short_note.second, Catch::Contains("cut short"));

    const auto unended = damaged([&](bytes& file) { patch_text(file, at + offsetof(content, dialect), std::string(64, 'x')); });
    CHECK(unended.first == errc::plugin_magic);

    const auto terminal = damaged([&](bytes& file) { patch_text(file, at + offsetof(content, version), "\x1b[2Jgone"); });
    CHECK(terminal.first == errc::plugin_magic);
    CHECK(terminal.second.find('\x1b') == std::string::npos);
    CHECK_THAT(terminal.second, Catch::Contains("\\x1b[2Jgone"));

    const auto path = damaged([&](bytes& file) { patch_text(file, at + offsetof(content, driver), "../gold"); });
    CHECK(path.first == errc::plugin_magic);
    CHECK_THAT(path.second, Catch::Contains("../gold"));
}

TEST_CASE("plugins of other major versions are refused by reading, and so are newer minor ones") {
    const temporary_folder own;
    const std::size_t at = content_at(good());
    const auto with = [&](std::uint16_t major, std::uint16_t minor) {
        bytes file = good();
        patch(file, at + offsetof(content, spi_major), major);
        patch(file, at + offsetof(content, spi_minor), minor);
        return write(own.path() / "azoth-dialect-alchemy-gold.so", file);
    };
    CHECK(read_plugin_metadata(with(spi_major, spi_minor)).spi_minor == spi_minor);
    CHECK_THROWS_WITH(read_plugin_metadata(with(spi_major, spi_minor + 7)), Catch::Contains("install a newer libazoth"));
    for (const int major : {spi_major - 1, spi_major + 1}) {
        const auto file = with(static_cast<std::uint16_t>(major), 0);
        try {
            read_plugin_metadata(file);
            FAIL("major " << major << " was accepted");
        } catch (const plugin_error& e) {
            CHECK(e.code() == errc::plugin_spi);
            CHECK_THAT(e.what(), Catch::Contains(file.string()) && Catch::Contains(std::to_string(major) + ".0") &&
                                     Catch::Contains(std::to_string(spi_major) + "." + std::to_string(spi_minor)));
        }
    }
}

TEST_CASE("a plugin of another toolchain is refused, and the difference named") {
    try {
        read_plugin_metadata(built("debug_containers"));
        FAIL("it was accepted");
    } catch (const plugin_error& e) {
        CHECK(e.code() == errc::plugin_toolchain);
        CHECK_THAT(e.what(), Catch::Contains(built("debug_containers").string()) && Catch::Contains("debug-containers on (libazoth: off)"));
        CHECK_THAT(e.what(), !Catch::Contains("fmt"));
    }
    const temporary_folder own;
    bytes file = good();
    patch_text(file, content_at(file) + offsetof(content, toolchain), std::string_view{"compiler=other\0", 15});
    CHECK_THROWS_WITH(read_plugin_metadata(write(own.path() / "foreign.so", file)),
                      Catch::Contains("compiler other") && Catch::Contains("fmt not told"));
}

TEST_CASE("a file that cannot be read is refused") {
    const temporary_folder own;
    CHECK_THROWS_WITH(read_plugin_metadata(own.path() / "absent.so"), Catch::Contains("absent.so") && Catch::Contains("No such file"));
    CHECK_THROWS_WITH(read_plugin_metadata(own.path()), Catch::Contains("not a regular file"));
}
