using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>
/// The names of a request's tools as a target takes them: <c>^[a-zA-Z0-9_-]{1,64}$</c>, which OpenAI
/// (https://platform.openai.com/docs/api-reference/chat/create) and Anthropic
/// (https://platform.claude.com/docs/en/agents-and-tools/tool-use/define-tools) ask for. MCP's names are often longer,
/// or have dots and slashes. A name becomes the same one in every request, so that prompt caches still match; two never
/// become one.
/// </summary>
public sealed class ToolNames
{
    private const int Longest = 64;
    private const int HashDigits = 8;

    private HashSet<string>? _kept;
    private Dictionary<string, string>? _changed;
    private Dictionary<string, string>? _originals;
    private readonly string? _reserved;
    private readonly bool _lettersFirst;

    private ToolNames(string? reserved, bool lettersFirst = false) =>
        (_reserved, _lettersFirst) = (reserved, lettersFirst);

    /// <summary>Every name as it is: what a client reads was never changed.</summary>
    public static ToolNames Unchanged { get; } = new(reserved: null) { IsFixed = true };

    /// <summary>What was changed: the target's name, and the client's for it.</summary>
    public IReadOnlyDictionary<string, string> Originals => _originals ?? NoNames;

    private static IReadOnlyDictionary<string, string> NoNames => FrozenDictionary<string, string>.Empty;

    private HashSet<string> Kept => _kept ??= new HashSet<string>(StringComparer.Ordinal);

    private bool IsFixed { get; init; }

    /// <param name="request">
    /// Its tools and its history, which are named in the order that they stand in: what came first keeps its name,
    /// whatever is called later on.
    /// </param>
    /// <param name="reserved">The gateway's own name, which no tool of the client's may have.</param>
    /// <param name="lettersFirst">
    /// A name begins with a letter or an underscore, as Gemini wants it
    /// (https://ai.google.dev/api/caching#FunctionDeclaration).
    /// </param>
    public static ToolNames Of(ChatRequest request, string? reserved = null, bool lettersFirst = false)
    {
        var names = new ToolNames(reserved, lettersFirst);
        for (int i = 0; i < request.Tools.Count; i++)
        {
            names.Keep(request.Tools[i].Name);
        }

        for (int i = 0; i < request.Tools.Count; i++)
        {
            names.For(request.Tools[i].Name);
        }

        for (int i = 0; i < request.Messages.Count; i++)
        {
            IReadOnlyList<ContentPart> parts = request.Messages[i].Parts;
            for (int place = 0; place < parts.Count; place++)
            {
                names.Take(parts[place]);
            }
        }

        return names;
    }

    /// <summary>The name that the target gets.</summary>
    public string For(string name)
    {
        if (IsFixed || (IsSound(name) && _originals?.ContainsKey(name) != true))
        {
            return name;
        }

        _changed ??= new Dictionary<string, string>(StringComparer.Ordinal);
        if (_changed.TryGetValue(name, out string? known))
        {
            return known;
        }

        _originals ??= new Dictionary<string, string>(StringComparer.Ordinal);
        string changed = Change(name, 0);
        for (int more = 1; _kept?.Contains(changed) == true || !_originals.TryAdd(changed, name); more++)
        {
            changed = Change(name, more);
        }

        _changed.Add(name, changed);
        return changed;
    }

    private void Take(ContentPart part)
    {
        if (part is ToolCallPart call)
        {
            Take(call.Name);
        }
        else if (part is ToolResultPart result)
        {
            foreach (string found in result.ToolReferences)
            {
                Take(found);
            }
        }
    }

    private void Take(string name)
    {
        if (For(name) == name)
        {
            Kept.Add(name);
        }
    }

    private void Keep(string name)
    {
        if (IsSound(name))
        {
            Kept.Add(name);
        }
    }

    private bool IsSound(string name)
    {
        if (name.Length is 0 or > Longest || name == _reserved || (_lettersFirst && !IsFirst(name[0])))
        {
            return false;
        }

        foreach (char letter in name)
        {
            if (!IsTaken(letter))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// As much of the name as fits, and a mark made of all of it. The mark does not depend on the other tools.
    /// </summary>
    private string Change(string name, int more)
    {
        string seed = more == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}\n{more}");
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(seed)))[..HashDigits];
        name = _lettersFirst && name.Length > 0 && !IsFirst(name[0]) ? "_" + name : name;
        int kept = Math.Min(name.Length, Longest - HashDigits - 1);
        return string.Create(kept + 1 + HashDigits, (name, hash, kept), static (target, from) =>
        {
            for (int i = 0; i < from.kept; i++)
            {
                target[i] = IsTaken(from.name[i]) ? from.name[i] : '_';
            }

            target[from.kept] = '_';
            from.hash.CopyTo(target[(from.kept + 1)..]);
        });
    }

    private static bool IsFirst(char letter) => char.IsAsciiLetter(letter) || letter == '_';

    private static bool IsTaken(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-';
}
