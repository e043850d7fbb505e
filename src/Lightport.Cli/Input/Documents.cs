using System.Text;

namespace Lightport.Cli.Input;

/// <summary>Reads files that a command line names, and standard input where it says <c>-</c>.</summary>
internal sealed class Documents(Surroundings surroundings)
{
    /// <summary>How the gateway bounds a configuration.</summary>
    public const int MostConfigurationBytes = 4 << 20;

    /// <summary>How the gateway bounds a request.</summary>
    public const int MostRequestBytes = 100 << 20;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private bool _inputIsRead;

    /// <summary>How errors name the document.</summary>
    public static string ShownName(string path) => path == "-" ? "stdin" : path;

    /// <exception cref="CommandFailure">It cannot be read, or is too long.</exception>
    public ReadOnlyMemory<byte> Read(string path, int mostBytes)
    {
        if (path == "-" && _inputIsRead)
        {
            throw new CommandFailure(
                ExitCodes.WrongUse, "Standard input cannot be both the admin key and the document; put one in a file.");
        }

        try
        {
            if (path == "-")
            {
                _inputIsRead = true;
                return ReadBounded(surroundings.Input, path, mostBytes);
            }

            using FileStream file = File.OpenRead(path);
            return ReadBounded(file, path, mostBytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandFailure(ExitCodes.WrongUse, $"{ShownName(path)} cannot be read: {e.Message}", e)
            {
                Code = "unreadable_file",
            };
        }
    }

    /// <summary>As <see cref="Read"/>, where the document must be UTF-8.</summary>
    public string ReadText(string path, int mostBytes)
    {
        ReadOnlySpan<byte> bytes = Read(path, mostBytes).Span;
        ReadOnlySpan<byte> mark = Encoding.UTF8.Preamble;
        try
        {
            return StrictUtf8.GetString(bytes.StartsWith(mark) ? bytes[mark.Length..] : bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new CommandFailure(
                ExitCodes.WrongUse, $"{ShownName(path)} is not UTF-8 text; save it as UTF-8.", e)
            {
                Code = "unreadable_file",
            };
        }
    }

    private static ReadOnlyMemory<byte> ReadBounded(Stream stream, string path, int mostBytes)
    {
        var all = new MemoryStream();
        byte[] buffer = new byte[64 << 10];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            if (all.Length + read > mostBytes)
            {
                throw new CommandFailure(
                    ExitCodes.WrongUse, $"{ShownName(path)} is longer than {mostBytes >> 10} KiB, the most it may be.")
                {
                    Code = "too_long",
                };
            }

            all.Write(buffer, 0, read);
        }

        return all.GetBuffer().AsMemory(0, (int)all.Length);
    }
}
