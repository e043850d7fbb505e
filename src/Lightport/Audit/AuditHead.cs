using System.Security.Cryptography;
using System.Text;

namespace Lightport.Audit;

/// <summary>
/// Where it is kept, apart from the records, which of them was written last: by it their end shows to be cut off.
/// </summary>
public static class AuditHead
{
    /// <summary>The file that remembers it.</summary>
    /// <param name="folder">Of the records.</param>
    /// <param name="marks">Where such files are; null where the records' own folder has it.</param>
    public static string PathOf(string folder, string? marks) =>
        Path.Combine(marks ?? folder, marks is null ? ".last" : $"audit-{NameOf(folder)}.last");

    /// <summary>Where such files are in a gateway's data folder.</summary>
    public static string MarksIn(string data) => Path.Combine(data, "audit");

    /// <summary>The hash of the record that was written last; null where none is remembered there.</summary>
    /// <exception cref="IOException">The file is there, and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be.</exception>
    public static string? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        // The gateway that runs has it open for writing.
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        return Read(file);
    }

    internal static string? Read(FileStream file)
    {
        byte[] hash = new byte[AuditFields.HashLength];
        bool isWhole = file.ReadAtLeast(hash, hash.Length, throwOnEndOfStream: false) == hash.Length;
        return isWhole && Array.TrueForAll(hash, digit => char.IsAsciiHexDigitLower((char)digit))
            ? Encoding.ASCII.GetString(hash)
            : null;
    }

    /// <summary>Of several folders of records each has a name of its own in a data folder.</summary>
    private static string NameOf(string folder) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(folder))).AsSpan(0, 8));
}
