using ReplicatedBook.Consensus;

namespace ReplicatedBook.Replication.Storage;

/// <summary>What the mark of a directory that is not whole says.</summary>
/// <param name="State">New or to be repaired.</param>
/// <param name="Aside">What is being moved out of use, from before the first file is moved until after the
/// last.</param>
/// <param name="Folder">Number of the folder it goes to; 0 when nothing is.</param>
internal readonly record struct WholenessMark(Wholeness State, AsideScope Aside = AsideScope.None, long Folder = 0);
