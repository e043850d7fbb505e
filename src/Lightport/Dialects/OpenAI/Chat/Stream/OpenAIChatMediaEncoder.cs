using System.Buffers;
using Lightport.Conversation;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// Writes the sound and the images of one choice: sound in pieces as it comes, an image when it is whole, since a piece
/// of one is no address.
/// </summary>
internal sealed class OpenAIChatMediaEncoder(OpenAIChatChoiceEncoder choice)
{
    private readonly Dictionary<int, PartBuilder> _images = [];
    private string? _audioId;

    public void Start(StreamEvent.PartStart start)
    {
        if (start.Part is ImagePart)
        {
            _images[start.Index] = new PartBuilder(start.Part);
        }
        else
        {
            _audioId = start.Part.Id;
        }
    }

    public void Add(StreamEvent.MediaDelta delta, IBufferWriter<byte> output)
    {
        if (_images.TryGetValue(delta.Index, out PartBuilder? image))
        {
            image.Add(delta);
            return;
        }

        OpenAIChatAudio.Write(choice.Begin(hasContent: false, output), _audioId, delta);
        choice.End(output);
        _audioId = null;
    }

    public void End(int part, IBufferWriter<byte> output)
    {
        if (_images.Remove(part, out PartBuilder? image))
        {
            OpenAIChatExtras.Write(choice.Begin(hasContent: false, output), [image.Build()]);
            choice.End(output);
        }
    }
}
