using System.Text;

namespace Lightport.Mcp.Connections;

/// <summary>
/// Takes out of what a server says the secrets that it was shown, as some quote them, in an error or a result: clients
/// and models are told it. A server that wants to tell them has other ways, and is trusted with its own.
/// </summary>
/// <param name="secrets">Those of fewer than 16 characters may be words of the answer, and stay.</param>
internal sealed class SecretMask(IEnumerable<string> secrets)
{
    private const int Shortest = 16;

    private readonly Trail[] _trails =
    [
        .. secrets.Where(secret => secret.Length >= Shortest).Distinct().Select(secret => new Trail(secret)),
    ];

    /// <param name="said">The next of what is said; letters of a secret become stars.</param>
    public void Apply(Span<byte> said)
    {
        foreach (Trail trail in _trails)
        {
            trail.Apply(said);
        }
    }

    private sealed class Trail(string secret)
    {
        private readonly byte[] _secret = Encoding.UTF8.GetBytes(secret);

        /// <summary>So many of the secret's first letters stood at the end of what was said before.</summary>
        private int _fits;

        public void Apply(Span<byte> said)
        {
            int at = GoOn(said);
            while (said[at..].IndexOf(_secret) is var found && found >= 0)
            {
                said.Slice(at + found, _secret.Length).Fill((byte)'*');
                at += found + _secret.Length;
            }

            if (_fits == 0)
            {
                Begin(said[at..]);
            }
        }

        /// <returns>Where what goes on from before ends.</returns>
        private int GoOn(Span<byte> said)
        {
            if (_fits == 0)
            {
                return 0;
            }

            int more = said.CommonPrefixLength(_secret.AsSpan(_fits));
            int fits = _fits + more;
            if (fits >= Shortest)
            {
                said[..more].Fill((byte)'*');
            }

            _fits = more == said.Length && fits < _secret.Length ? fits : 0;
            return fits >= Shortest ? more : 0;
        }

        /// <summary>It may go on in what is said next, so that nearly all of it must not be told before.</summary>
        private void Begin(Span<byte> said)
        {
            for (int length = Math.Min(_secret.Length - 1, said.Length); length > 0; length--)
            {
                if (said[^length..].SequenceEqual(_secret.AsSpan(0, length)))
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
