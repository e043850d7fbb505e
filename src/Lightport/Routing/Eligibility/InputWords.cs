using Lightport.Conversation;

namespace Lightport.Routing.Eligibility;

/// <summary>Reads the words of the trait <c>input</c>.</summary>
internal static class InputWords
{
    /// <returns>Null where nothing is said.</returns>
    public static ContentKinds? Kinds(IReadOnlyList<string>? words)
    {
        if (words is null)
        {
            return null;
        }

        ContentKinds kinds = ContentKinds.None;
        foreach (string word in words)
        {
            kinds |= word switch
            {
                "image" => ContentKinds.Image,
                "audio" => ContentKinds.Audio,
                "video" => ContentKinds.Video,
                "file" => ContentKinds.File,
                _ => ContentKinds.None,
            };
        }

        return kinds;
    }
}
