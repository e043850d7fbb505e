using System.Text;

namespace Lightport.Bench.Runner.Wire;

/// <summary>How far an answer has been read. Its headers must come in one piece, as they do on loopback.</summary>
/// <param name="BodyBytes">Bytes after the headers, chunk framing included.</param>
internal readonly record struct ReadProgress(int Status, long BodyBytes, long? Length, bool Ended, ulong Tail)
{
    public ReadProgress After(ReadOnlySpan<byte> bytes)
    {
        ReadProgress next = this;
        if (Status == 0)
        {
            int end = bytes.IndexOf("\r\n\r\n"u8);
            string head = Encoding.ASCII.GetString(bytes[..(end < 0 ? bytes.Length : end)]);
            if (end < 0 || !int.TryParse(head.AsSpan(9, 3), out int status))
            {
                throw new IOException("No HTTP/1.1 answer: " + head);
            }

            next = next with { Status = status, Length = ContentLength(head) };
            bytes = bytes[(end + 4)..];
        }

        long total = next.BodyBytes + bytes.Length;
        next = next with { BodyBytes = total };
        if (next.Length is { } length)
        {
            return next with { Ended = total >= length };
        }

        // The last chunk is "0\r\n\r\n"; no event ends in CRLF, so nothing else looks like it. It may come in pieces.
        ulong last = Tail;
        foreach (byte value in bytes.Length > 5 ? bytes[^5..] : bytes)
        {
            last = ((last << 8) | value) & 0xFF_FFFF_FFFF;
        }

        return next with { Ended = last == 0x30_0D0A_0D0A, Tail = last };
    }

    private static long? ContentLength(string head)
    {
        foreach (string line in head.Split("\r\n"))
        {
            if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            {
                return long.Parse(line.AsSpan(15), System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        return null;
    }
}
