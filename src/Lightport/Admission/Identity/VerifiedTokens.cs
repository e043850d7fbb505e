using System.Collections.Concurrent;

namespace Lightport.Admission.Identity;

/// <summary>
/// The tokens that were verified lately, by hash. Who comes again moves into the younger of two halves; when that is
/// full the older is forgotten, so that as many are kept as come, up to a limit, and finding one takes no lock.
/// </summary>
/// <param name="most">How many are kept.</param>
internal sealed class VerifiedTokens(int most = 20_000)
{
    private readonly Lock _turning = new();
    private volatile ConcurrentDictionary<KeyHash, VerifiedToken> _young = new();
    private volatile ConcurrentDictionary<KeyHash, VerifiedToken> _old = new();

    public int Count => _young.Count + _old.Count;

    public VerifiedToken? Find(in KeyHash hash)
    {
        if (_young.TryGetValue(hash, out VerifiedToken? token))
        {
            return token;
        }

        if (_old.TryGetValue(hash, out token))
        {
            Keep(hash, token);
        }

        return token;
    }

    public void Keep(in KeyHash hash, VerifiedToken token)
    {
        lock (_turning)
        {
            if (_young.Count >= most / 2)
            {
                _old = _young;
                _young = new();
            }

            _young[hash] = token;
        }
    }
}
