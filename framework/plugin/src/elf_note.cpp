#include "elf_note.hpp"

#include "refusal.hpp"

#include <fmt/format.h>

#include <elf.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <span>

// Layouts are those of the System V ABI, chapters 4 and 5, and its notes' (PT_NOTE).
namespace azoth::detail {
namespace {

constexpr std::uint64_t largest_notes = std::uint64_t{64} * 1024;  // a segment of notes has some hundred bytes

#if defined(__x86_64__)
constexpr unsigned own_machine = EM_X86_64;
#elif defined(__aarch64__)
constexpr unsigned own_machine = EM_AARCH64;
#elif defined(__riscv)
constexpr unsigned own_machine = EM_RISCV;
#elif defined(__powerpc64__)
constexpr unsigned own_machine = EM_PPC64;
#elif defined(__s390x__)
constexpr unsigned own_machine = EM_S390;
#else
#error "say which e_machine this processor's libraries have"
#endif
constexpr unsigned own_order = std::endian::native == std::endian::little ? ELFDATA2LSB : ELFDATA2MSB;

/// Machines that Debian has ports for, in Debian's words.
std::string machine_name(unsigned machine, unsigned elf_class) {
    switch (machine) {
        case EM_X86_64: return elf_class == ELFCLASS64 ? "amd64" : "x32";
        case EM_386: return "i386";
        case EM_AARCH64: return "arm64";
        case EM_ARM: return "arm";
        case EM_RISCV: return elf_class == ELFCLASS64 ? "riscv64" : "riscv32";
        case EM_PPC64: return "ppc64";
        case EM_S390: return "s390x";
        case EM_MIPS: return "mips";
        default: return fmt::format("the machine {} of ELF's list", machine);
    }
}

[[noreturn]] void refuse(std::string reason) { throw refusal{errc::plugin_file, std::move(reason)}; }

template <class T>
T read_at(const byte_source& file, std::uint64_t offset) {
    T out;
    file.read(offset, std::as_writable_bytes(std::span{&out, 1}));
    return out;
}

void require_inside(const byte_source& file, std::uint64_t offset, std::uint64_t length, std::string_view what) {
    if (offset > file.size() || length > file.size() - offset)
        refuse(fmt::format("it is truncated: its {} needs {} bytes at {}, and the file has {}: install it again", what, length, offset,
                           file.size()));
}

Elf64_Ehdr read_header(const byte_source& file) {
    unsigned char magic[SELFMAG]{};
    if (file.size() == 0) refuse("it is empty: install it again");
    if (file.size() < SELFMAG) refuse(fmt::format("it is not an ELF shared library: it has {} bytes: install it again", file.size()));
    file.read(0, std::as_writable_bytes(std::span{magic}));
    if (std::memcmp(magic, ELFMAG, SELFMAG) != 0)
        refuse("it is not an ELF shared library: it does not start with the ELF magic: install it again, or remove it");
    require_inside(file, 0, sizeof(Elf64_Ehdr), "ELF header");
    const auto header = read_at<Elf64_Ehdr>(file, 0);
    if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_ident[EI_DATA] != own_order || header.e_machine != own_machine)
        refuse(
            fmt::format("it was built for another machine: {} ({} bits, byte order {}), and this program is for {}: install the "
                        "plugin for {}",
                        machine_name(header.e_machine, header.e_ident[EI_CLASS]), header.e_ident[EI_CLASS] == ELFCLASS64 ? 64 : 32,
                        header.e_ident[EI_DATA], machine_name(own_machine, ELFCLASS64), machine_name(own_machine, ELFCLASS64)));
    if (header.e_type != ET_DYN) refuse(fmt::format("it is an ELF file, but not a shared library (type {})", header.e_type));
    if (header.e_phnum == 0 || header.e_phentsize != sizeof(Elf64_Phdr)) refuse("its ELF header has no program headers of the usual size");
    if (header.e_shnum != 0 && header.e_shentsize != sizeof(Elf64_Shdr)) refuse("its ELF header has section headers of an unusual size");
    require_inside(file, header.e_phoff, std::uint64_t{header.e_phnum} * sizeof(Elf64_Phdr), "table of program headers");
    require_inside(file, header.e_shoff, std::uint64_t{header.e_shnum} * sizeof(Elf64_Shdr), "table of section headers");
    return header;
}

template <class T>
std::vector<T> read_table(const byte_source& file, std::uint64_t offset, std::size_t count) {
    std::vector<T> table(count);
    file.read(offset, std::as_writable_bytes(std::span{table}));
    return table;
}

void require_whole(const byte_source& file, std::span<const Elf64_Phdr> segments, const Elf64_Ehdr& header) {
    for (std::size_t i = 0; i < segments.size(); ++i) {
        require_inside(file, segments[i].p_offset, segments[i].p_filesz, fmt::format("segment {}", i));
        if (segments[i].p_type == PT_LOAD && segments[i].p_filesz > segments[i].p_memsz)
            refuse(fmt::format("its segment {} is larger in the file than in memory", i));
    }
    const auto sections = read_table<Elf64_Shdr>(file, header.e_shoff, header.e_shnum);
    for (std::size_t i = 0; i < sections.size(); ++i)
        if (sections[i].sh_type != SHT_NOBITS && sections[i].sh_type != SHT_NULL)
            require_inside(file, sections[i].sh_offset, sections[i].sh_size, fmt::format("section {}", i));
}

/// A walk over the notes of one segment; ends at the first that is cut off.
class note_walk {
public:
    note_walk(std::span<const std::byte> notes, std::uint64_t alignment)
        : data_{notes.data()}, size_{notes.size()}, step_{alignment == 8 ? 8u : 4u} {}

    std::optional<std::vector<std::byte>> find(std::string_view name, std::uint32_t type) {
        while (size_ - at_ >= sizeof(Elf64_Nhdr)) {
            Elf64_Nhdr header;
            std::memcpy(&header, data_ + at_, sizeof header);
            at_ += sizeof header;
            const auto owner = take(header.n_namesz);
            const auto content = take(header.n_descsz);
            if (!owner || !content) return std::nullopt;
            if (header.n_type == type && is_name(*owner, name)) return std::vector<std::byte>(content->begin(), content->end());
        }
        return std::nullopt;
    }

private:
    std::optional<std::span<const std::byte>> take(std::uint32_t length) {
        if (length > size_ - at_) return std::nullopt;
        const std::span taken{data_ + at_, length};
        const std::uint64_t padded = (std::uint64_t{at_} + length + step_ - 1) / step_ * step_;
        at_ = static_cast<std::size_t>(std::min<std::uint64_t>(padded, size_));
        return taken;
    }

    static bool is_name(std::span<const std::byte> owner, std::string_view name) {
        return owner.size() == name.size() + 1 && owner.back() == std::byte{0} && std::memcmp(owner.data(), name.data(), name.size()) == 0;
    }

    const std::byte* data_;
    std::size_t size_;
    unsigned step_;
    std::size_t at_{};
};

}  // namespace

std::optional<std::vector<std::byte>> find_elf_note(const byte_source& file, std::string_view name, std::uint32_t type) {
    const Elf64_Ehdr header = read_header(file);
    const auto segments = read_table<Elf64_Phdr>(file, header.e_phoff, header.e_phnum);
    require_whole(file, segments, header);
    for (const auto& segment : segments) {
        if (segment.p_type != PT_NOTE) continue;
        if (segment.p_filesz > largest_notes) refuse(fmt::format("it has {} bytes of notes, which no library has", segment.p_filesz));
        std::vector<std::byte> notes(segment.p_filesz);
        file.read(segment.p_offset, notes);
        if (auto content = note_walk{notes, segment.p_align}.find(name, type)) return content;
    }
    return std::nullopt;
}

}  // namespace azoth::detail
