using System.Text;
using System.Text.Encodings.Web;

namespace Lightport.Transport;

/// <summary>
/// Takes out of what a server says the secrets that it was shown, as some quote them, in an error or a result: clients
/// and models are told it. A server that wants to tell them has other ways, and is trusted with its own.
/// </summary>
/// <param name="secrets">Those of fewer than 16 characters may be words of the answer, and stay.</param>
internal sealed class SecretMask(IEnumerable<string> secrets)
{
    private const int Shortest = 16;

    private readonly string[] _forms =
    [
        .. secrets.Where(secret => secret.Length >= Shortest).SelectMany(Forms).Distinct(),
    ];

    private Trail[]? _trails;

    /// <param name="said">The next of what is said; letters of a secret become stars.</param>
    public void Apply(Span<byte> said)
    {
        _trails ??= [.. _forms.Select(form => new Trail(form))];

        // Forms begin alike, and each must hear what was said and not the stars of another.
        ReadOnlySpan<byte> heard = _trails.Length > 1 ? said.ToArray() : said;
        foreach (Trail trail in _trails)
        {
            trail.Apply(heard, said);
        }
    }

    /// <summary>The same of a text that is there whole.</summary>
    public string Masked(string text)
    {
        foreach (string form in _forms)
        {
            text = text.Replace(form, new string('*', form.Length), StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>
    /// As it is, and as JSON may have it: .NET escapes more letters than others do, and PHP a slash.
    /// </summary>
    private static IEnumerable<string> Forms(string secret)
    {
        string json = JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(secret);
        return
        [
            secret,
            json,
            json.Replace("/", "\\/", StringComparison.Ordinal),
            JavaScriptEncoder.Default.Encode(secret),
        ];
    }

    private sealed class Trail(string secret)
    {
        private readonly byte[] _secret = Encoding.UTF8.GetBytes(secret);

        /// <summary>So many of the secret's first letters stood at the end of what was said before.</summary>
        private int _fits;

        /// <param name="heard">What is said, as it was.</param>
        /// <param name="said">The same, in which letters become stars.</param>
        public void Apply(ReadOnlySpan<byte> heard, Span<byte> said)
        {
            int at = GoOn(heard, said);
            while (heard[at..].IndexOf(_secret) is var found && found >= 0)
            {
                said.Slice(at + found, _secret.Length).Fill((byte)'*');
                at += found + _secret.Length;
            }

            if (_fits == 0)
            {
                Begin(heard[at..], said[at..]);
            }
        }

        /// <returns>Where what goes on from before ends.</returns>
        private int GoOn(ReadOnlySpan<byte> heard, Span<byte> said)
        {
            if (_fits == 0)
            {
                return 0;
            }

            int more = heard.CommonPrefixLength(_secret.AsSpan(_fits));
            int fits = _fits + more;
            if (fits >= Shortest)
            {
                said[..more].Fill((byte)'*');
            }

            _fits = more == heard.Length && fits < _secret.Length ? fits : 0;
            return fits >= Shortest ? more : 0;
        }

        /// <summary>It may go on in what is said next, so that nearly all of it must not be told before.</summary>
        private void Begin(ReadOnlySpan<byte> heard, Span<byte> said)
        {
            for (int length = Math.Min(_secret.Length - 1, heard.Length); length > 0; length--)
            {
                if (heard[^length..].SequenceEqual(_secret.AsSpan(0, length)))
                {
                    _fits = length;
                    if (length >= Shortest)
                    {
                        said[^length..].Fill((byte)'*');
                    }

                    return;
                }
            }
        }
    }
}
