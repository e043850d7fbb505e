using Lightport.Routing;

namespace Lightport.Exchanges.Limits;

/// <summary>A picture at the highest resolution that its vendor takes, in tokens.</summary>
internal static class PictureTokens
{
    private const long Usual = 10_000;

    /// <summary>
    /// By words of a model's name. gpt-4o-mini counts 2,833 and 5,667 for each of up to eight tiles
    /// (https://developers.openai.com/api/docs/guides/images-vision), models of Qwen up to 16,384
    /// (https://www.alibabacloud.com/help/en/model-studio/vision).
    /// </summary>
    private static readonly (string Word, long Tokens)[] Dearer =
        [("4o-mini", 50_000), ("qwen", 17_000), ("qvq", 17_000)];

    /// <summary>What a model of a name that nobody knows may count.</summary>
    private static readonly long Dearest = Dearer.Max(model => model.Tokens);

    /// <param name="isKnown">It is known which model that is, so that a name without such a word has no dearer one.
    /// </param>
    public static long At(Target target, bool isKnown)
    {
        foreach ((string word, long tokens) in Dearer)
        {
            if (target.KnownAs.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return tokens;
            }
        }

        return isKnown ? Usual : Dearest;
    }
}
